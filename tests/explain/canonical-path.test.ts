import { canonicalPath } from '../../src/explain/canonical-path';
import { CANONICAL_PATHS } from './canonical-paths';

test.each(CANONICAL_PATHS)('%s is routed as %s', (given, expected) => expect(canonicalPath(given)).toBe(expected));
