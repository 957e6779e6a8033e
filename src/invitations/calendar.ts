import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Response } from 'express';
import { config } from '#src/config.ts';

type Scheduled = {
  id: number;
  title: string;
  status: string;
  version: number;
  organiserName: string;
  url: string;
  sessions: readonly {
    id: number;
    startsAt: Date;
    endsAt: Date;
    venue: string;
    topic: string;
    speakers: string;
    version: number;
  }[];
};

/**
 * One event a session, in UTC, which every calendar shows in the hours of its owner (RFC 5545). A later file with the same
 * UID and a higher SEQUENCE replaces the event.
 */
export function calendarOf(training: Scheduled): string {
  const isOff = training.status === 'cancelled';
  const calendar = ical({
    name: training.title,
    prodId: { company: 'Portal LKK', product: 'Pelatihan', language: 'ID' },
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  for (const session of training.sessions)
    calendar.createEvent({
      id: `pelatihan-${training.id}-sesi-${session.id}@${new URL(config().publicUrl).hostname}`,
      sequence: training.version + session.version,
      start: session.startsAt,
      end: session.endsAt,
      summary: training.title,
      location: session.venue,
      description: [session.topic, session.speakers, training.organiserName]
        .filter(Boolean)
        .join('\n'),
      url: training.url,
      status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}

export function sendCalendar(res: Response, training: Scheduled) {
  res.attachment(`pelatihan-${training.id}.ics`);
  res.type('text/calendar; charset=utf-8').send(calendarOf(training));
}
