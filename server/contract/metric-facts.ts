/** One figure of the service as Prometheus names it: facts of numbers alone, never of a person or a case (H5). */
export interface MetricFact {
  readonly name: string
  readonly help: string
  /** A counter never falls. */
  readonly type: 'gauge' | 'counter'
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}
