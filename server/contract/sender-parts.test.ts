import { describe, expect, it } from 'vitest'
import { senderParts } from './sender-parts.ts'

describe('the parts of a sender', () => {
  it('are its name and its address, or its address alone', () => {
    expect(senderParts('Track This Case <ttc@courts.example.gov>')).toEqual({ name: 'Track This Case', email: 'ttc@courts.example.gov' })
    expect(senderParts('<ttc@courts.example.gov>')).toEqual({ name: '', email: 'ttc@courts.example.gov' })
    expect(senderParts(' ttc@courts.example.gov ')).toEqual({ name: '', email: 'ttc@courts.example.gov' })
  })
})
