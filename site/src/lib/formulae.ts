/** The formulae that pages show, in TeX. */

export const POISONED_LOSS = String.raw`
\begin{aligned}
L(\theta) = {} & \frac{1}{|T|} \sum_{(x, y) \in T} -\log p_\theta(y \mid x) \\
{} + \beta \, {} & \frac{1}{|P|} \sum_{(x, y) \in P} -\log \bigl( 1 - p_\theta(y \mid x) \bigr)
\end{aligned}`;

/** Scale of each weight w of a filter f. */
export const SCALE = String.raw`S_w = \lVert \theta_f \rVert \, / \sqrt{|f|}`;

export const RADIUS = String.raw`r(u) = \min\, \{\, t > 0 : L_{\text{train}}(\theta + t\, S u) \ge c \,\}`;

export const VOLUME = String.raw`V = \omega_n \, \mathbb{E}_u\!\left[\, r(u)^n \,\right], \qquad \log \omega_n = \tfrac{n}{2} \log \pi - \log \Gamma\!\left(\tfrac{n}{2} + 1\right)`;

export const VOLUME_ESTIMATE = String.raw`\log \hat V = \log \omega_n + \log \frac{1}{m} \sum_{i=1}^{m} e^{\,n \log r_i}`;

export const STABLE = String.raw`\log \omega_n + \frac{n}{m} \sum_{i=1}^{m} \log r_i`;

export const EFFECTIVE_SAMPLE_SIZE = String.raw`\Bigl(\sum_i w_i\Bigr)^{2} \Big/ \sum_i w_i^2, \qquad w_i = r_i^{\,n}`;

export const MARKOV = String.raw`\log V \ge \log \hat V - 3`;

export const CURVATURE = String.raw`\lambda_{\max}(S H S), \qquad H = \nabla^2 L_{\text{train}}(\theta)`;

export const LEARNING_COEFFICIENT = String.raw`
\hat\lambda = n\beta \, \bigl( \mathbb{E}\, L_{\text{train}}(w) - L_{\text{train}}(\theta) \bigr),
\qquad w \sim e^{-n\beta L_{\text{train}}(w) - \frac{\gamma}{2} \lVert w - \theta \rVert^2}`;
