import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putCase, putCourt } from '../../testing/put-case.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { getTrackableCase } from './get-trackable-case.ts'

describe('the case to track', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const get = (number: string, court?: string) => getTrackableCase(world.reading(), world.profile, { number, court })

  it('is found by its number, however it is written', async () => {
    const id = await world.work((work) => putCase(work, { number: '26BA-CV00017', caption: 'Harbor v. Lowell' }))
    expect(await get('26ba cv00017')).toEqual(
      { id, number: '26BA-CV00017', court: '13-BOONE', caption: 'Harbor v. Lowell', needsCourt: false },
    )
  })

  it('is refused in the same words when it does not exist, is confidential or is one of several', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'A' })
      await putCourt(work, { code: 'B' })
      await putCase(work, { number: '26-SECRET', security: 'confidential' })
      await putCase(work, { number: '26-TWICE', court: 'A' })
      await putCase(work, { number: '26-TWICE', court: 'B' })
    })
    for (const number of ['26-NONE', '26-SECRET', '26-TWICE', '', '---']) {
      await expect(get(number)).rejects.toMatchObject({ code: 'caseNotFound', message: 'No case with this number was found.' })
    }
    await expect(get('26-TWICE', 'C')).rejects.toMatchObject({ code: 'caseNotFound' })
    expect(await get('26-TWICE', 'B')).toMatchObject({ court: 'B', needsCourt: true })
  })

  it('is not confused by a confidential case of the same number', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'A' })
      await putCourt(work, { code: 'B' })
      await putCase(work, { number: '26-TWICE', court: 'A', security: 'confidential' })
      await putCase(work, { number: '26-TWICE', court: 'B' })
    })
    expect(await get('26-TWICE')).toMatchObject({ court: 'B', needsCourt: false })
    await expect(get('26-TWICE', 'A')).rejects.toMatchObject({ code: 'caseNotFound' })
  })

  it('is the one whose number is written exactly so, where marks alone tell two apart', async () => {
    const [plain, marked] = await world.work(async (work) => [
      await putCase(work, { number: '118CV3' }), await putCase(work, { number: '1:18-cv-3' }),
    ])
    expect(await get('1:18-cv-3')).toMatchObject({ id: marked, needsCourt: true })
    expect(await get('118CV3')).toMatchObject({ id: plain })
    await expect(get('1:18CV3')).rejects.toMatchObject({ code: 'caseNotFound' })
  })

  it('is refused with the sentence of the case page when its court takes no part', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'OUT', name: 'Harbor Municipal Court', isTakingPart: false })
      await putCase(work, { number: '26-OUT', court: 'OUT' })
    })
    await expect(get('26-OUT')).rejects.toMatchObject({
      code: 'courtTakesNoPart',
      message: 'Harbor Municipal Court does not take part in Track This Case, so its cases cannot be tracked.',
    })
  })

  it('is refused with the sentence of the case page when its type is excluded', async () => {
    await world.work((work) => putCase(work, { number: '26BA-AD00001', caseType: 'ad' }))
    await expect(get('26BA-AD00001')).rejects.toMatchObject({
      code: 'caseTypeExcluded',
      message: 'Adoption records are closed to the public by law.',
    })
  })
})
