import { accountRoutes } from '#src/accounts/routes.ts';
import { attestationCycleRoutes } from '#src/attestation-cycles/routes.ts';
import { attestationRoutes } from '#src/attestations/routes.ts';
import { attendanceRoutes } from '#src/attendance/routes.ts';
import { certificateRoutes } from '#src/certificates/routes.ts';
import { completenessRoutes } from '#src/completeness/routes.ts';
import { contactRoutes } from '#src/contacts/routes.ts';
import { dialogueRoutes } from '#src/dialogue/routes.ts';
import { dutyRoutes } from '#src/duties/routes.ts';
import { decreeRoutes } from '#src/decrees/routes.ts';
import { duplicateRoutes } from '#src/duplicates/routes.ts';
import { feedbackRoutes } from '#src/feedback/routes.ts';
import { followUpRoutes } from '#src/follow-ups/routes.ts';
import { homeRoutes } from '#src/home/routes.ts';
import { institutionRuleRoutes } from '#src/institution-rules/routes.ts';
import { importRoutes } from '#src/imports/routes.ts';
import { institutionRoutes } from '#src/institutions/routes.ts';
import { invitationLetterRoutes } from '#src/invitation-letters/routes.ts';
import { invitationRoutes } from '#src/invitations/routes.ts';
import { minutesRoutes } from '#src/minutes/routes.ts';
import { officeholderRoutes } from '#src/officeholders/routes.ts';
import { officerRoutes } from '#src/officers/routes.ts';
import { ownAccountRoutes } from '#src/own-account/routes.ts';
import { personRoutes } from '#src/people/routes.ts';
import { reportRoutes } from '#src/reports/routes.ts';
import { rosterChangeRoutes } from '#src/roster-changes/routes.ts';
import { sessionRoutes } from '#src/sessions/routes.ts';
import { trainingTestRoutes } from '#src/training-tests/routes.ts';
import { trainingCoverageRoutes } from '#src/training-coverage/routes.ts';
import { trainingReportRoutes } from '#src/training-reports/routes.ts';
import { trainingFileRoutes } from '#src/training-files/routes.ts';
import { trainingRoutes } from '#src/trainings/routes.ts';

/** Every URL of the portal; each feature's own table says who may use it. */
export const routes = [
  ...homeRoutes,
  ...sessionRoutes,
  ...rosterChangeRoutes,
  ...decreeRoutes,
  ...institutionRoutes,
  ...officerRoutes,
  ...dutyRoutes,
  ...officeholderRoutes,
  ...reportRoutes,
  // Before the people: /orang/ganda is no person.
  ...duplicateRoutes,
  ...personRoutes,
  ...contactRoutes,
  ...completenessRoutes,
  ...attestationRoutes,
  ...attestationCycleRoutes,
  ...accountRoutes,
  ...ownAccountRoutes,
  ...institutionRuleRoutes,
  ...importRoutes,
  ...trainingRoutes,
  ...invitationRoutes,
  ...invitationLetterRoutes,
  ...attendanceRoutes,
  ...trainingTestRoutes,
  ...dialogueRoutes,
  ...followUpRoutes,
  ...minutesRoutes,
  ...certificateRoutes,
  ...feedbackRoutes,
  ...trainingCoverageRoutes,
  ...trainingReportRoutes,
  ...trainingFileRoutes,
];
