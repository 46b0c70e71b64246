import { ApiVersion } from '../../../gen/envoy-api/envoy/config/core/v3/config_source';
import type { ConfigSource } from '../../../gen/envoy-api/envoy/config/core/v3/config_source';
import { ConfigSource as ConfigSourceCodec } from '../../../gen/envoy-api/envoy/config/core/v3/config_source';

/** Everything comes over the one aggregated stream. */
export const ADS: ConfigSource = ConfigSourceCodec.fromPartial({ ads: {}, resourceApiVersion: ApiVersion.V3 });
