import type { ObjectRef, Problem } from './model';

/** An object as people read it: `filter lua of route all of service demo`. */
export function wordsOf({ kind, name, of }: ObjectRef): string {
  return of ? `${kind} ${name} of ${wordsOf(of)}` : `${kind} ${name}`;
}

/** A problem as people read it; two are the same when they read the same. */
export function problemInWords({ object, message }: Problem): string {
  return `${wordsOf(object)}: ${message}`;
}

/** The name by which an object is told from others of its kind: a route's is `<service>/<route>`, as in REST paths. */
export function fullName({ kind, name, of }: ObjectRef): string {
  return kind === 'route' && of ? `${of.name}/${name}` : name;
}

/** The proxy that an object is named to be part of; undefined when that is not said. */
export function proxyOf(object: ObjectRef): string | undefined {
  for (let ref: ObjectRef | undefined = object; ref; ref = ref.of) if (ref.kind === 'proxy') return ref.name;
  return undefined;
}
