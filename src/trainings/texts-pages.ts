import type { Response } from 'express';
import { blankForm, type Form } from '#src/http/forms.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';
import { textDifferences, type Texts, type Typed } from '#src/trainings/written-texts.ts';

type Shown<Section extends string> = {
  paper: { name: string; meta: string; path: string };
  labels: Record<Section, string>;
  now: {
    training: TrainingHeader;
    texts: Texts<Section>;
    usual: Texts<Section>;
    version: number;
  };
};

/** Somebody else saved the texts of a paper since the form was opened. */
export const renderTextsConflict = <Section extends string>(
  res: Response,
  { paper, labels, now }: Shown<Section>,
  { values, input }: { values: Form<unknown>['values']; input: Typed<Section> },
) =>
  res.status(409).renderPage('trainings/texts-conflict', {
    paper,
    training: now.training,
    key: blankForm().key,
    rows: textDifferences(labels, now, input),
    fields: Object.entries({ ...values, version: String(now.version) }),
  });
