/**
 * What a pull of 1 counts in the loss, so that its gradient at the latent is about as large as CLIP's: 2·10⁻⁵ … 1.4·10⁻⁴ on the
 * pocket model from the end to the beginning of a painting, where a term of weight 1 has 2 … 8·10⁻⁶ (palette), 6·10⁻⁶ (saturation)
 * and 6·10⁻⁷ (smooth). The start picture's, on the mean over the latent, balances it at a sixth of the latent's own size.
 */
export const PULL_STRENGTHS = { palette: 20, saturation: 10, smooth: 100, init: 4 } as const;
