/** Names of the random streams of the protocols under one seed; see `Random`. */
export const stream = {
  classes: 3001,
  samples: 3002,
  shots: 3003,
  subset: 3004,
} as const;
