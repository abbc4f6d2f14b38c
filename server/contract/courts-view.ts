/** A court as `/courts` lists it (A8). */
export interface ListedCourt {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly counties: readonly string[]
  readonly isTakingPart: boolean
  /** `YYYY-MM-DD`; null when the day is not known or it takes no part. */
  readonly takingPartSince: string | null
}

export interface ListedCircuit {
  /** Null for the courts that stand outside every circuit. */
  readonly code: string | null
  readonly name: string
  readonly courts: readonly ListedCourt[]
}

export interface CourtsView {
  readonly circuits: readonly ListedCircuit[]
  readonly excludedCaseTypes: readonly { readonly code: string; readonly name: string; readonly reason: string | null }[]
}
