import { describe, expect, it } from 'vitest'
import { decodeEntities, plainText } from './plain-text.ts'

describe('plainText', () => {
  it.each([
    ['a <b>bold</b> word', 'a bold word'],
    ['one<br>two<br/>three<p>four</p>five', 'one\ntwo\nthree\nfour\nfive'],
    ['a&nbsp;&nbsp;b\n  c', 'a b c'],
    ['Fish &amp; Chips, O&#039;Example', 'Fish & Chips, O\'Example'],
    ['Fish &amp;amp; Chips', 'Fish &amp; Chips'],
    ['AT&T, R&R', 'AT&T, R&R'],
    ['<a href="x">3</a> <script>alert(1)</script><!-- note -->end', '3 end'],
    ['<td>1</td><td>2</td>', '1 2'],
    ['a\u0000b\u001b[31m&#27;&#x9b;\u0085', 'ab[31m›'],
    ['&#146;s', '’s'],
    ['&lt;b&gt; stays', '<b> stays'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['see <sealed> and <a@example.com>', 'see <sealed> and <a@example.com>'],
    ['cut <off', 'cut <off'],
    ['cut <a href="x', 'cut'],
    ['', ''],
  ])('reads %j as %j', (html, text) => {
    expect(plainText(html)).toBe(text)
  })
})

describe('decodeEntities', () => {
  it('decodes once and keeps what stands in angle brackets', () => {
    expect(decodeEntities(' A &amp; B &#039;C&#039; <b> &amp;lt; ')).toBe('A & B \'C\' <b> &lt;')
  })
})
