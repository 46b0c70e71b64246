import type { Endpoint } from '../endpoint';
import { FILTER_ENDPOINTS } from './filter';
import { GLOBALCONFIG_ENDPOINTS } from './globalconfig';
import { LINK_ENDPOINTS } from './link';
import { PROXY_ENDPOINTS } from './proxy';
import { ROUTE_ENDPOINTS } from './route';
import { SECRET_ENDPOINTS } from './secret';
import { SERVICE_ENDPOINTS } from './service';
import { STATUS_ENDPOINTS } from './status';
import { UPSTREAM_ENDPOINTS } from './upstream';

/** The 68 routes of REST reference 1.2 to 1.8, and eight of our own that tell what became of what was stored. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...PROXY_ENDPOINTS,
  ...SERVICE_ENDPOINTS,
  ...ROUTE_ENDPOINTS,
  ...LINK_ENDPOINTS,
  ...UPSTREAM_ENDPOINTS,
  ...SECRET_ENDPOINTS,
  ...FILTER_ENDPOINTS,
  ...GLOBALCONFIG_ENDPOINTS,
  ...STATUS_ENDPOINTS,
];
