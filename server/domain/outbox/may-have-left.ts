/** Why a message that may not leave any more was cancelled after a try that nobody answered, for an operator. */
export const mayHaveLeft = (obstacle: string): string => `${obstacle} Whether an earlier try arrived is not known.`
