import express from 'express';
import passport from 'passport';
import { config } from '#src/config.ts';
import { serveAssets } from '#src/http/assets.ts';
import { handleError, handleUnknownUrl } from '#src/http/errors.ts';
import { buildRouter } from '#src/http/routes.ts';
import { requestLog } from '#src/http/log.ts';
import { noStore, requireOwnHost, requireOwnOrigin, securityHeaders } from '#src/http/security.ts';
import { keepSession, saveNotice, sessions, unlessUnavailable } from '#src/http/session.ts';
import { usePages } from '#src/http/views.ts';
import { probes } from '#src/http/probes.ts';
import { routes } from '#src/routes.ts';
import { useSignIn } from '#src/sessions/strategy.ts';

export function createApp() {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', config().trustedProxies);
  useSignIn(passport);

  app.use(securityHeaders());
  app.use(probes);
  app.use(requestLog());
  app.use(usePages);
  app.use(requireOwnHost());
  app.use(serveAssets);
  app.use(noStore);
  app.use(requireOwnOrigin());
  app.use(sessions());
  app.use(keepSession);
  app.use(saveNotice);
  app.use(unlessUnavailable(passport.session()));
  app.use(express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 400 }));
  app.use(buildRouter(routes));
  app.use(handleUnknownUrl);
  app.use(handleError);
  return app;
}
