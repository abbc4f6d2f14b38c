import { obstacleIn } from './may-have-left.ts'

/** Why a message may not leave. Kept with the message, so that what was dropped once stays dropped. */
export const obstacles = {
  suppressed: 'Mail to this address is suppressed.',
  stopped: 'The subscription does not ask for e-mail any more.',
  paused: 'E-mail was paused before it left: the notice after the pause counts what it told.',
  doubled: 'Another e-mail to the same reader tells the same.',
  textStopped: 'Nobody asks for texts of this case to this phone any more.',
  textsOff: 'Texts are turned off.',
  phoneStopped: 'The phone answered STOP.',
  notPublic: 'A case that it names is not public any more.',
  notTold: 'Its court or kind of case takes no part any more.',
  withdrawn: 'What it says was withdrawn.',
  unwatched: 'Nobody watches the searches that it answers any more.',
  answered: 'Nothing that it asks waits to be confirmed any more.',
} as const
export type Obstacle = keyof typeof obstacles

export const wasDropped = (reason: string): boolean => Object.values<string>(obstacles).includes(obstacleIn(reason))
