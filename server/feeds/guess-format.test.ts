import { describe, expect, it } from 'vitest'
import { guessFormat } from './guess-format.ts'

describe('guessFormat', () => {
  it.each([
    ['{"type":"case","number":"1"}\n', 'ndjson'],
    ['\uFEFF\n { "number": "1", "type" : "case", "caption": "cut o', 'ndjson'],
    ['broken line\n{"type":"case"}\n', 'ndjson'],
    ['{broken\n{"type":"case"}\n', 'ndjson'],
    ['{"type":"docketEntry","text":"with \\"docket_number\\": 5"}', 'ndjson'],
    ['type,number,caption\n', 'csv'],
    ['\uFEFF"Number","Type"\r\n', 'csv'],
    ['<?xml version="1.0"?>\n<rss version="2.0"\n>', 'pacer-rss'],
    ['{\n  "assigned_to_str": "x",\n  "case_name": "y"', 'juriscraper'],
    ['{"case_name":"y","docket_number":"1","parties":[{"name":"z","type":"Plaintiff"}]}', 'juriscraper'],
    ['{"payload":{"results":[]},"webhook":{"event_type":1}}', 'courtlistener'],
    ['{"count":1,"results":[{"docket_number":"1","recap_documents":[]}]}', 'courtlistener'],
    ['\n[\n{"id":1,"recap_sequence_number":"2026-11-20.001"', 'courtlistener'],
    ['{"type":"docketEntry","text":"a \\"webhook\\": 1"}', 'ndjson'],
    ['{"type":"case","webhook":1}', 'ndjson'],
    ['{"results":[]}', null],
    ['[{"type":"case"}]', null],
    ['number,caption\n1,type of thing', null],
    ['<html><body>', null],
    ['\u001f\u008b\u0008', null],
    ['', null],
  ])('takes %j as %s', (head, format) => {
    expect(guessFormat(Buffer.from(head))).toBe(format)
  })
})
