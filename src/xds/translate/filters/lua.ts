import type { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { Lua, LuaPerRoute } from '../../../../gen/envoy-api/envoy/extensions/filters/http/lua/v3/lua';
import type { Any } from '../../../../gen/envoy-api/google/protobuf/any';
import { pack } from '../../resource';
import { disabledFilter } from './disabled-filter';

export const LUA_FILTER = 'envoy.filters.http.lua';

/** Stands in the chain without a script; a service's routes bring theirs. */
export const luaFilter: HttpFilter = disabledFilter(LUA_FILTER, pack(Lua, Lua.fromPartial({})));

/** The script of one service, on one of its routes. */
export function luaPerRoute(source: string): Any {
  return pack(LuaPerRoute, LuaPerRoute.fromPartial({ sourceCode: { inlineString: source } }));
}
