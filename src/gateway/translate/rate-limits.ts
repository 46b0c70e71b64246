import { checkGlobalConfig } from '../../validation';
import type { RateLimitConfig } from '../model';
import type { ProxyRow } from '../rows';
import type { Problems } from './problems';

/**
 * A proxy's globalconfig_ratelimit rows by id. One that cannot be read keeps what it said before (data-plane reference 3.4),
 * when anything is known of that; one that is still empty says nothing.
 */
export function translateRateLimits(row: ProxyRow, before: readonly RateLimitConfig[], problems: Problems): RateLimitConfig[] {
  const rows = row.proxy_globalconfigs.map((link) => link.globalconfig);
  return rows
    .sort((one, other) => one.globalconfig_id - other.globalconfig_id)
    .flatMap((config): RateLimitConfig[] => {
      const checked = checkGlobalConfig(config.globalconfig_type ?? '', config.config ?? '');
      if (checked.ok) {
        return checked.value ? [{ id: config.globalconfig_id, name: config.globalconfig_name, ...checked.value }] : [];
      }
      problems.add(
        { kind: 'globalconfig', name: config.globalconfig_name, of: { kind: 'proxy', name: row.proxy_name } },
        checked.message,
      );
      return before.filter((earlier) => earlier.id === config.globalconfig_id);
    });
}
