import { Gzip } from '../../../../gen/envoy-api/envoy/extensions/compression/gzip/compressor/v3/gzip';
import { Compressor } from '../../../../gen/envoy-api/envoy/extensions/filters/http/compressor/v3/compressor';
import { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { pack } from '../../resource';

export const COMPRESSOR_FILTER = 'envoy.filters.http.compressor';

/** gzip with Envoy's defaults, on every connection manager. */
export const compressorFilter: HttpFilter = HttpFilter.fromPartial({
  name: COMPRESSOR_FILTER,
  typedConfig: pack(
    Compressor,
    Compressor.fromPartial({
      compressorLibrary: { name: 'gzip', typedConfig: pack(Gzip, Gzip.fromPartial({})) },
    }),
  ),
});
