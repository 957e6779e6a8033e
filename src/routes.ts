import { accountRoutes } from '#src/accounts/routes.ts';
import { attestationRoutes } from '#src/attestations/routes.ts';
import { completenessRoutes } from '#src/completeness/routes.ts';
import { contactRoutes } from '#src/contacts/routes.ts';
import { homeRoutes } from '#src/home/routes.ts';
import { institutionRoutes } from '#src/institutions/routes.ts';
import { officeholderRoutes } from '#src/officeholders/routes.ts';
import { officerRoutes } from '#src/officers/routes.ts';
import { ownAccountRoutes } from '#src/own-account/routes.ts';
import { personRoutes } from '#src/people/routes.ts';
import { reportRoutes } from '#src/reports/routes.ts';
import { rosterChangeRoutes } from '#src/roster-changes/routes.ts';
import { sessionRoutes } from '#src/sessions/routes.ts';

/** Every URL of the portal; each feature's own table says who may use it. */
export const routes = [
  ...homeRoutes,
  ...sessionRoutes,
  ...rosterChangeRoutes,
  ...institutionRoutes,
  ...officerRoutes,
  ...officeholderRoutes,
  ...reportRoutes,
  ...personRoutes,
  ...contactRoutes,
  ...completenessRoutes,
  ...attestationRoutes,
  ...accountRoutes,
  ...ownAccountRoutes,
];
