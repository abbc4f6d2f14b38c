import { Pill } from '../../_ui/pill.tsx'
import { fateLabels, type Fate } from '../../../server/contract/sent-view.ts'

const tones = {
  queued: 'plain', waitingForHours: 'amber', sent: 'green', delivered: 'green', bounced: 'red', failed: 'red', cancelled: 'plain', unknown: 'amber',
} as const satisfies Record<Fate, 'plain' | 'amber' | 'green' | 'red'>

/** What became of a message, in words. */
export const FatePill = ({ fate }: { fate: Fate }) => <Pill tone={tones[fate]}>{fateLabels[fate]}</Pill>
