import Sqlite from 'better-sqlite3'

/** Texts in which a copy would show a slip: every kind of character that a text may hold, and what other languages quote with. */
export const oddTexts: readonly string[] = [
  '',
  'NULL',
  ' \\ " \' {a,"b"} $1 %s \t\r\n ',
  Array.from({ length: 0x1f }, (_, nth) => String.fromCharCode(nth + 1)).join('') + '\u007f\u0080\u009f',
  'Añasco v. Łódź – “Ostrów”, \u00a0\u00ad\u200b\u202e\u2028\u2029\ufeff\ufffd\ufffe\uffff',
  '\u{1f9d1}\u200d\u2696\ufe0f e\u0301 \u{10ffff} 𝒜',
]

// Kept to the byte: spaces, order, what is said twice, and how a character is written.
export const oddJson = '{ "b" : 1.0,"a":[ "\\u00e9é\\/" , null ],\n"b":1e2, "\\u0000":"\\ud83d" }'

/** Moments before 1970, with and without milliseconds, around a change of the clocks, and far off. */
export const oddInstants: readonly number[] = [-86_400_001, 0, 1, 999, 1_762_066_799_999, 1_762_066_800_000, 253_402_300_799_999]

/**
 * Puts rows into every table of a migrated, empty SQLite file, without the tables of the process: of every column a value
 * and, where it may be, none. Highest numbers of cases were given and taken back.
 */
export function putOneOfEverything(file: string): void {
  const db = new Sqlite(file)
  try {
    db.pragma('foreign_keys = ON')
    const put = (table: string, ...rows: readonly Readonly<Record<string, string | number | null>>[]): void => {
      for (const row of rows) {
        const names = Object.keys(row)
        db.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(...Object.values(row))
      }
    }
    put('courts',
      { code: 'A', name: 'Court A', short_name: 'A', circuit: '1', time_zone: 'America/Chicago', is_taking_part: 1, taking_part_since: '2026-01-01', is_in_profile: 1 },
      { code: 'b', name: 'Court b', short_name: 'b', circuit: null, time_zone: 'UTC', is_taking_part: 0, taking_part_since: null, is_in_profile: 0 })
    put('court_counties', { court: 'A', county: 'Boone' }, { court: 'A', county: 'éone' }, { court: 'A', county: 'boone' })
    put('cases', ...oddTexts.map((caption, nth) => ({
      id: (nth + 1) * 10, court: nth % 2 ? 'A' : 'b', number: `26-${nth}`, number_key: `26${nth}`, caption, case_type: 'CV', filed_on: nth % 2 ? '2026-11-20' : null,
      status: 'open', security: 'public', judge: nth % 2 ? 'Ada Lowell' : null, last_activity_at: nth % 2 ? 1 : null, recorded_at: 1_795_000_000_123,
    })))
    db.exec('insert into cases select 9000, court, number || \'-gone\', number_key, caption, case_type, filed_on, status, security, judge, last_activity_at, recorded_at, 1 from cases where id = 10')
    db.exec('delete from cases where id = 9000')
    put('parties', { case_id: 10, ordinal: 1, name: 'Harbor', role: 'Plaintiff', attorney: null }, { case_id: 10, ordinal: 2, name: 'Lowell', role: 'Defendant', attorney: 'Ostrow' })
    put('name_words', ...['é', 'z', 'Z', 'ä', '\u{10000}', '\uffff'].map((word, ordinal) => ({ word, case_id: 20, ordinal })))
    put('name_pairs', { word: 'z', other_word: 'é', case_id: 20, ordinal: 0 }, { word: 'é', other_word: 'z', case_id: 20, ordinal: 0 }, { word: '\u{10000}', other_word: '', case_id: 20, ordinal: 4 })
    put('docket_entries', ...oddInstants.map((at, nth) => ({
      id: nth + 1, case_id: 10, source_id: `s${nth}`, entry_number: nth % 2 ? '7' : null, filed_on: '2026-11-20', filed_at: at, code: nth % 2 ? 'MOT' : null,
      description: 'Motion', text: 'Filed.', status: 'active', security: 'public', last_activity_at: at,
    })), {
      id: 90, case_id: 20, source_id: 's0', entry_number: null, filed_on: '2026-11-20', filed_at: null, code: null, description: 'Order', text: '', status: 'voided',
      security: 'confidential', last_activity_at: 5,
    })
    put('digest_runs', { id: 3, day: '2026-11-20', started_at: 1, finished_at: 2, last_change_id: 9_007_199_254_740_991, changes: 1, notices: 2, emails: 3, texts: 4, reminders: 5, reminders_through: '2026-11-20' })
    put('scheduled_events', {
      id: 1, case_id: 10, source_id: 'e', starts_at: 1, ends_at: null, kind: 'Hearing', place: null, judge: 'J', status: 'scheduled', security: 'public', sequence: 0,
      recorded_at: 1, last_activity_at: 1, start_recorded_at: 1, is_start_untaken: 1,
    })
    put('docket_changes',
      { id: 1, case_id: 10, entry_id: 1, kind: 'updated', fields: oddJson, recorded_at: 1, is_quiet: 0, run_id: 3 },
      { id: 2, case_id: 20, entry_id: null, kind: 'reopened', fields: null, recorded_at: 1, is_quiet: 1, run_id: null },
      { id: 3, case_id: 10, entry_id: null, event_id: 1, kind: 'rescheduled', fields: '[]', recorded_at: 1, is_quiet: 0, run_id: null })
    put('scheduled_payments', {
      id: 1, case_id: 10, plan: 'P', due_on: '2026-12-01', person: 'Lowell', amount_due_cents: 5_000, past_due_cents: 0, status: 'due', recorded_at: 1, last_activity_at: 1, is_untaken: 1,
    })
    put('subscribers', ...[1, 2].map((id) => ({
      id, email: `P${id}@mail.example.com`, email_key: `p${id}@mail.example.com`, confirmed_at: id === 1 ? 1 : null, suppressed_at: id === 2 ? 5 : null, suppressed_because: id === 2 ? 'bounced' : null, is_bundled: id - 1, is_private: id - 1, mailbox_key: `p@${id}`, soft_bounces: id, soft_bounced_at: id === 1 ? 4 : null, created_at: 1,
    })))
    put('phones', { id: 1, number: '+15550100', carrier: 'verizon', stopped_at: null, created_at: 1 }, { id: 2, number: '+15550101', carrier: null, stopped_at: 5, created_at: 1 })
    put('subscriptions', ...[1, 2].map((id) => ({
      id, subscriber_id: id, case_id: 10, email_state: id === 1 ? 'active' : 'pending', text_state: id === 1 ? 'active' : 'none', phone_id: id === 1 ? 1 : null, pending_phone_id: null, event_ten_days: 1, event_two_days: 0,
      payment_two_days: 0, email_active_after: id === 1 ? 0 : null, text_active_after: id === 1 ? 0 : null, begun_after: id, link_version: id, created_at: 1, event_ten_days_at: id === 1 ? 1 : null, event_two_days_at: null, payment_two_days_at: id === 1 ? 2 : null, email_active_at: null, stopped_at: null,
      note: id === 1 ? 'Mine' : '', entry_choice: id === 1 ? 'decisions' : 'all', paused_at: null, paused_because: null, paused_until: null, missed_after: id === 1 ? 4 : null, missed_through: id === 1 ? 9 : null,
    })))
    put('accounts', ...[1, 2].map((id) => ({
      id, email: `p${id}@mail.example.com`, email_verified: id - 1, name: oddTexts[4] ?? '', image: null, kind: id === 1 ? 'public' : 'registered', is_operator: id - 1, mailing_address: id === 1 ? null : '1 Main',
      bar_number: id === 1 ? null : '7', subscriber_id: id, seen_change_id: 3, has_calendar: 1, calendar_version: 2, has_atom: 0, atom_version: 1, created_at: 1, updated_at: 2,
    })))
    put('account_sessions', { id: 5, user_id: 1, token: 'token', expires_at: 9, ip_address: null, user_agent: 'Browser', second_factor_at: 4, created_at: 1, updated_at: 1 })
    put('account_credentials', { id: 1, user_id: 1, account_id: '1', provider_id: 'credential', password: 'scrypt/a/b', created_at: 1, updated_at: 1 })
    put('account_requests', { id: 1, kind: 'register', subscriber_id: 1, account_id: null, password_hash: 'scrypt/a/b', created_at: 1, expires_at: 2, used_at: null, withdrawn_at: null }, {
      id: 2, kind: 'resetPassword', subscriber_id: 1, account_id: 1, password_hash: null, created_at: 1, expires_at: 2, used_at: 2, withdrawn_at: null,
    })
    put('saved_searches', { id: 1, account_id: 1, name: 'Lowell', search: oddJson, is_watched: 1, seen_case_id: 10, created_at: 1 }, { id: 2, account_id: 1, name: '', search: '{}', is_watched: 0, seen_case_id: null, created_at: 1 })
    put('rate_limits', { key: 'logIn:x', points: 3, expires_at: 5 }, { key: 'logIn:y', points: 1, expires_at: null })
    put('former_subscribers', { id: 88, subscriber_id: 1 })
    put('second_factors', { account_id: 2, secret: 'sealed', confirmed_at: 1, last_step: 7, recovery_hashes: oddJson, created_at: 1 })
    put('consent_words', { hash: 'h', words: oddTexts[4] ?? '', first_used_at: 1 })
    put('consents',
      { id: 1, subscriber_id: 1, case_id: 10, phone_id: 1, former_email_key: 'before@example.com', act: 'askedText', words_hash: 'h', from_hash: 'f', at: 1 },
      { id: 2, subscriber_id: 1, case_id: null, phone_id: null, former_email_key: null, act: 'stopped', words_hash: 'h', from_hash: null, at: 2 })
    put('evening_holds',
      { id: 1, day: '2026-11-20', held_at: 1, notices: 5000, usual: 40, released_at: null, released_by: null },
      { id: 2, day: '2026-11-21', held_at: 1, notices: 5000, usual: 40, released_at: 2, released_by: 'page' })
    put('restorations', { id: 1, backed_up_at: 1, restored_at: 2, cleared_at: null }, { id: 2, backed_up_at: 1, restored_at: 2, cleared_at: 3 })
    put('former_case_numbers', { court: 'A', number: '25-1', number_key: '251', case_id: 10, renumbered_at: 1 })
    put('former_subscriptions', { id: 77, subscription_id: 1 })
    put('phone_verifications', { id: 1, subscription_id: 1, subscriber_id: 1, phone_id: 1, carrier: 'verizon', created_at: 1, expires_at: 2, confirmed_at: 1, withdrawn_at: null })
    put('text_replies', { provider_id: 'SM1', phone_id: 2, word: 'stop', replied_at: 5 })
    put('told_events', { subscription_id: 1, event_id: 1, starts_at: 1, lead_days: 10, run_id: 3 })
    put('told_payments', { subscription_id: 1, payment_id: 1, amount_due_cents: 5_000, past_due_cents: 0, run_id: 3 })
    put('history_imports', { id: 1, imported_at: 1, way: 'feed', accepted: 2, changes: 1 })
    put('taken_deliveries', { key: 'courtlistener/1', taken_at: 1, report: oddJson })
    put('outages', { id: 1, kind: 'planned', starts_at: 1, ends_at: null, what: 'Work on the database.', announced_at: 1, fact_key: null })
    put('tracking_requests', {
      id: 1, subscriber_id: 2, case_id: 10, phone: '+15550100', carrier: null, event_ten_days: 0, event_two_days: 1, payment_two_days: 0, is_change: 0, created_at: 1, expires_at: 2,
      confirmed_at: null, withdrawn_at: null,
    })
    put('report_requests', { id: 1, subscriber_id: 1, created_at: 1, expires_at: 2 })
    put('used_captchas', { answer: 'answer', expires_at: 2 })
    put('message_contents', { id: 1, run_id: 3, case_id: 10, first_change_id: 1, missed_after: 3, payload: oddJson, withdrawn_at: null, created_at: 1 }, {
      id: 2, run_id: null, case_id: null, first_change_id: null, missed_after: null, payload: '{}', withdrawn_at: 3, created_at: 1,
    })
    put('outbox_batches', { id: 1, provider_key: 'batch-1', first_tried_at: 0 })
    const message = { subscriber_id: 1, run_id: null, created_at: 1, due_at: 1, settled_at: null, provider_id: null, reason: null }
    put('outbox_messages',
      { ...message, id: 1, dedupe_key: 'notice/1/3', kind: 'notice', state: 'leased', subscription_id: 1, content_id: 1, run_id: 3, attempts: 1, soft_bounces: 1, batch_id: 1, leased_by: 'w', leased_until: 9 },
      { ...message, id: 3, dedupe_key: 'text/1/1', kind: 'text', state: 'waiting', subscriber_id: null, phone_id: 1, subscription_id: 1, content_id: 1, attempts: 0, batch_id: null, leased_by: null, leased_until: null },
      { ...message, id: 2, dedupe_key: 'verify/1/1', kind: 'verification', state: 'waiting', subscription_id: null, content_id: 2, attempts: 0, batch_id: null, leased_by: null, leased_until: null })
    put('bundled_notices', { message_id: 1, subscription_id: 1, content_id: 1 })
    put('provider_paces', { provider: 'resend', next_at: 5, held_until: 0, held_at: 4, margin_ms: 20 })
    put('mailbox_messages', { id: 1, message_key: 'm1', sender: 's', recipient: 'r', subject: 's', html: '<p>', text: 't', headers: oddJson, arrived_at: 1 })
  } finally {
    db.close()
  }
}
