import { inject } from 'vitest'
import { chooseEngine } from '../../db/engine.ts'

// Before any test file loads the tables.
chooseEngine(inject('engine'))
