/** What a page needs to show the captcha. */
export type CaptchaSettings =
  | { readonly provider: 'local'; readonly challengeAddress: string }
  | { readonly provider: 'hcaptcha'; readonly siteKey: string; readonly scriptAddress: string }
