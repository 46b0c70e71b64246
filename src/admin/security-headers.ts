import type { ServerResponse } from 'node:http';

/** Pages run what they bring themselves, talk to us alone and stand in no frame. GraphiQL's styles and scripts are inline. */
const PAGE =
  "default-src 'none'; script-src 'self' 'unsafe-inline' blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const DATA = "default-src 'none'; frame-ancestors 'none'";

/** Says to browsers what they may make of an answer. @param isPage whether it is one that is looked at */
export function setSecurityHeaders(response: ServerResponse, isPage: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Content-Security-Policy', isPage ? PAGE : DATA);
  response.setHeader('Cache-Control', 'no-store');
}
