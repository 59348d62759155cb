/** The OpenAPI document as far as requests are made from it and answers are held against it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export type Schema = Readonly<Record<string, unknown>>;
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Described {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly Scope[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Content }>
  >;
}

export type Scope = 'classify' | 'learn' | 'admin';

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** By media type; empty where it takes no body. */
  readonly bodies: Content;
  /** By status. */
  readonly answers: ReadonlyMap<string, Content>;
  /** The scope that a key needs. */
  readonly scope: Scope;
  /** Whether it answers without a key. */
  readonly isOpen: boolean;
}

export class ApiDocument {
  readonly operations: readonly Operation[];
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });
  readonly #compiled = new Map<Schema, ValidateFunction>();

  constructor(document: { readonly paths: Record<string, Record<string, Described>> }) {
    this.#ajv.addSchema({ ...document, $id: 'api' });
    const { responses } = (
      document as unknown as { components: { responses: Described['responses'] } }
    ).components;
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => {
        const { operationId: id, security = [{}], parameters = [], requestBody } = described;
        const answers = Object.entries(described.responses).map(
          ([status, { $ref, content = {} }]) =>
            [
              status,
              $ref ? (responses[$ref.split('/').pop() as string]?.content ?? {}) : content,
            ] as const,
        );
        return {
          id,
          method: method.toUpperCase(),
          path,
          parameters,
          bodies: requestBody?.content ?? {},
          answers: new Map(answers),
          scope: security.flatMap((each) => Object.values(each).flat())[0] ?? 'classify',
          isOpen: security.some((each) => Object.keys(each).length === 0),
        };
      }),
    );
  }

  operation(id: string): Operation {
    const found = this.operations.find((operation) => operation.id === id);
    if (!found) throw new Error(`The document has no operation ${id}.`);
    return found;
  }

  /** @returns what is wrong by the schema, or null */
  faultOf(schema: Schema, value: unknown): string | null {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      validate = this.#ajv.compile(withFullReferences(schema) as Schema);
      this.#compiled.set(schema, validate);
    }
    return validate(value) ? null : this.#ajv.errorsText(validate.errors);
  }
}

/** References into the document, from schemas that are looked at on their own. */
function withFullReferences(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, part) =>
    key === '$ref' ? `api${part as string}` : part,
  );
}
