/** Empty counts as absent: nothing of the developer's own settings reaches the services of these tests. */
export const nothingElse = {
  HOSTNAME: '', EVENING_SCHEDULE: '', MAIL_FROM: '', RESEND_API_KEY: '', SMTP_URL: '', COURT_PROFILE: '', TRUSTED_PROXIES: '',
  TEXT_TRANSPORT: '', TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', TWILIO_FROM: '', TWILIO_BASE_URL: '',
  HCAPTCHA_SITE_KEY: '', HCAPTCHA_SECRET: '', HCAPTCHA_VERIFY_URL: '', HCAPTCHA_SCRIPT_URL: '',
} as const
