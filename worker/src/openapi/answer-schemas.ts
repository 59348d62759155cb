/** What the API answers, for the OpenAPI document; the compiler holds each to the SDK's type. */
import type { ClassCount, Classification, ModelSpec } from '@hff-edge/sdk/worker';
import * as v from 'valibot';
import { scopes } from '../auth/caller.ts';
import { inputsSchema } from '../http/inputs-schema.ts';
import { type AuditEntry, actions } from '../room/audit-log.ts';
import type { PublishedVersion, RefusedVersion } from '../room/room-facts.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const time = v.pipe(v.string(), v.isoTimestamp());
const list = <Entry extends v.GenericSchema>(entry: Entry) => v.pipe(v.array(entry), v.readonly());

const versionedSchema = v.pipe(
  v.object({
    name: v.string(),
    version: v.pipe(count, v.description('A higher number is a newer model.')),
  }),
  v.metadata({ ref: 'VersionedModel' }),
);

export const healthSchema = v.object({ status: v.literal('ok') });

export const callerSchema = v.object({
  tenant: v.string(),
  keyId: v.pipe(v.string(), v.description('Stands in the audit log; it is not secret.')),
  scope: v.picklist(scopes),
});

export const modelsSchema = v.object({
  models: v.array(v.object({ name: v.string(), version: count, sizeBytes: count })),
});

const inputSchema = v.object({
  width: count,
  height: count,
  channels: v.pipe(count, v.description('1 for grey values, 3 for red, green, blue.')),
  range: v.pipe(
    v.nullable(v.pipe(v.tuple([v.number(), v.number()]), v.readonly())),
    v.description('Smallest and largest value that is taken; null where values have no bounds.'),
  ),
  mean: list(v.number()),
  deviation: list(v.number()),
  fit: v.pipe(
    v.nullable(
      v.variant('mode', [
        v.object({ mode: v.literal('cover') }),
        v.object({ mode: v.literal('glyph'), box: count }),
      ]),
    ),
    v.description('How images are fitted; null for data that are no images.'),
  ),
}) satisfies v.GenericSchema<ModelSpec['input']>;

const networkSchema = v.looseObject({
  layers: list(
    v.variant('type', [
      v.object({
        type: v.literal('dense'),
        inputs: count,
        units: count,
        prototypes: list(count),
      }),
      v.object({
        type: v.literal('conv'),
        inputs: v.object({ width: count, height: count, channels: count }),
        kernel: count,
        stride: count,
        padding: v.number(),
        channels: count,
        pool: count,
        grid: count,
        aux: count,
        prototypes: list(count),
      }),
    ]),
  ),
  sharpness: v.number(),
  scale: v.number(),
  voters: list(count),
});

/** A model's spec and what the deployment knows of it. */
export const modelSchema = v.pipe(
  v.looseObject({
    name: v.string(),
    version: count,
    labels: list(v.string()),
    input: inputSchema,
    network: networkSchema,
    training: v.pipe(
      v.nullable(v.looseObject({ data: v.string(), samples: count })),
      v.description('How the model was trained, where it is known.'),
    ),
    statistics: v.optional(
      v.pipe(
        v.looseObject({ counts: list(count), directions: count }),
        v.description('Absent where the model cannot learn.'),
      ),
    ),
    parameterCount: count,
    sizeBytes: count,
  }),
  v.metadata({ ref: 'Model' }),
);

const classificationSchema = v.pipe(
  v.object({
    label: v.pipe(v.string(), v.description('The class of the highest score.')),
    scores: v.pipe(
      list(v.object({ label: v.string(), score: share })),
      v.description('The best classes, best first.'),
    ),
    margin: v.pipe(share, v.description('Between the best two probabilities.')),
    familiarity: v.pipe(share, v.description('How typical the sample is of the best class.')),
    unknown: v.pipe(v.boolean(), v.description('Probably of no class that the model knows.')),
  }),
  v.metadata({ ref: 'Classification' }),
) satisfies v.GenericSchema<Classification>;

export const classifiedSchema = v.object({
  model: versionedSchema,
  results: v.pipe(v.array(classificationSchema), v.description('In the order of the samples.')),
});

export const changedSchema = v.object({
  model: versionedSchema,
  repeated: v.pipe(
    v.boolean(),
    v.description('Whether a request of the same Idempotency-Key had done it before.'),
  ),
});

export const learnedSchema = v.object({ ...changedSchema.entries, learned: count });

export const classSchema = v.pipe(
  v.object({
    label: v.string(),
    base: v.pipe(count, v.description('Samples of base training.')),
    learned: v.pipe(count, v.description('Samples learned since.')),
  }),
  v.metadata({ ref: 'Class' }),
) satisfies v.GenericSchema<ClassCount>;

export const classesSchema = v.object({ model: versionedSchema, classes: v.array(classSchema) });

export const versionsAnswerSchema = v.object({
  versions: v.array(
    v.object({ version: count, publishedAt: time, sizeBytes: count }),
  ) satisfies v.GenericSchema<PublishedVersion[]>,
  refused: v.pipe(
    v.nullable(
      v.object({ version: count, refusedAt: time, reason: v.string() }),
    ) satisfies v.GenericSchema<RefusedVersion | null>,
    v.description('The newest version that was not published, if there is one since.'),
  ),
});

const leastAccuracy = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(1),
  v.description('Share of the samples that a version must decide rightly to be published.'),
);

export const gateSchema = v.strictObject({
  inputs: inputsSchema,
  labels: v.pipe(v.array(v.string()), v.description('What each of the samples is.')),
  leastAccuracy,
});

export const gateSetSchema = v.object({
  samples: count,
  leastAccuracy,
  accuracy: v.pipe(share, v.description('Of the model as it is now.')),
});

export const auditSchema = v.object({
  entries: v.array(
    v.object({
      version: count,
      at: time,
      keyId: v.string(),
      action: v.picklist(actions),
      requestKey: v.nullable(v.string()),
      samples: count,
      labels: list(v.string()),
    }),
  ) satisfies v.GenericSchema<AuditEntry[]>,
});
