const inDoubt = ' Whether an earlier try arrived is not known.'

/** Why a message may not leave any more that was in a try which nobody answered, for an operator. */
export const mayHaveLeft = (obstacle: string): string => (isInDoubt(obstacle) ? obstacle : `${obstacle}${inDoubt}`)

/** Whether a reason is one of `mayHaveLeft`. */
export const isInDoubt = (reason: string): boolean => reason.endsWith(inDoubt)

/** The obstacle of such a reason, or the reason itself. */
export const obstacleIn = (reason: string): string => (isInDoubt(reason) ? reason.slice(0, -inDoubt.length) : reason)
