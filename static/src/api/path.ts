/// The addresses of the server's calls, held to the API's description: what is not in it does not compile.
import type { paths } from './schema.d.ts';

type Method = 'get' | 'post' | 'put' | 'delete';

/** The addresses, as the description has them, that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Readonly<Record<M, object>> ? P : never;
}[keyof paths];

/** The address of a call to what the description calls `P`. */
export type Address<P extends keyof paths> = string & { readonly template: P };

type Call<M extends Method, P extends keyof paths> = paths[P] extends Readonly<Record<M, infer C>> ? C : never;

type Json<T> = T extends { readonly content: { readonly 'application/json': infer J } } ? J : never;

/** What a call answers when it succeeds, inside the envelope. */
export type DataOf<M extends Method, P extends keyof paths> =
  Call<M, P> extends { readonly responses: { readonly 200: infer R } }
    ? Json<R> extends { readonly data: infer D }
      ? D
      : never
    : never;

/** What a call takes. */
export type BodyOf<M extends Method, P extends keyof paths> =
  Call<M, P> extends { readonly requestBody: infer B } ? Json<B> : never;

type Names<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type Query<P extends keyof paths> =
  Call<'get', P> extends { readonly parameters: { readonly query?: infer Q } } ? NonNullable<Q> : Record<never, never>;

/** The address of a call, with each name as one segment of it. */
export function path<P extends keyof paths>(
  template: P,
  names: Readonly<Record<Names<P>, string>>,
  query?: Query<P>,
): Address<P> {
  const given: Readonly<Record<string, string>> = names;
  const address = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? ''));
  const asked = Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]);
  return (asked.length > 0 ? `${address}?${new URLSearchParams(asked)}` : address) as Address<P>;
}
