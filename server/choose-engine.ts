import { chooseEngine, engineOf } from '../db/engine.ts'
import { databaseUrlOfProcess } from './env.ts'

// Imported by every entry point before anything that knows the tables: these are made once, for the engine of the process.
chooseEngine(engineOf(databaseUrlOfProcess()))
