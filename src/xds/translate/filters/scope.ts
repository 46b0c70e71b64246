import { Lua } from '../../../../gen/envoy-api/envoy/extensions/filters/http/lua/v3/lua';
import { pack } from '../../resource';
import { disabledFilter } from './disabled-filter';

export const SCOPE_FILTER = 'enroute.scope';

/** Goes before all other filters, for the scope of hosts that are written with capitals alone. */
export const scopeFilter = disabledFilter(SCOPE_FILTER, pack(Lua, Lua.fromPartial({})));
