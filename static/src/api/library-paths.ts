/// The calls about libraries and templates, until the API's description has them.
import type { components } from './schema.d.ts';
import type { PackFault } from './suggestions.ts';

interface Entry {
  readonly id: string;
  readonly origin: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly mitigation: string;
  readonly severity: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly categories: Readonly<Record<string, string>>;
}

interface Mitigation {
  readonly id: string;
  readonly origin: string;
  readonly title: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
}

interface Template extends Omit<components['schemas']['Card'], 'model' | 'problem' | 'changed'> {
  readonly id: string;
  readonly kind: 'model' | 'diagram';
  readonly origin: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
}

interface Get<Data, Query = never> {
  readonly get: {
    readonly parameters: { readonly query?: Query };
    readonly responses: {
      readonly 200: { readonly content: { readonly 'application/json': { readonly data: Data } } };
    };
  };
}

interface Library {
  readonly threats: readonly Entry[];
  readonly mitigations: readonly Mitigation[];
  readonly faults: readonly PackFault[];
}

interface Templates {
  readonly templates: readonly Template[];
  readonly faults: readonly PackFault[];
}

declare module './schema.d.ts' {
  interface paths {
    readonly '/api/threatmodel/{organisation}/{repo}/{branch}/library': Get<Library>;
    readonly '/api/threatmodel/{organisation}/{repo}/{branch}/templates': Get<Templates>;
    readonly '/api/threatmodel/{organisation}/{repo}/{branch}/template': Get<unknown, { readonly id: string }>;
  }
}
