import { readSettings } from '../../src/settings';

/** The environment variables that `readSettings` looks at. */
export function settingsNames(): Set<string> {
  const names = new Set<string>();
  const watched = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get: (_target, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readSettings(watched);
  return names;
}
