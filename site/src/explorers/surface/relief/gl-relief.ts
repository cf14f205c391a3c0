/** Draws a relief by WebGL 2: a lit height field in the colours of the loss, with a line at each decade and at the pit's edge. */
import {DECADES, PIT_EDGE, RAMP, levelOf} from '../loss-scale.ts';
import {type Frame, HEIGHT, type View, projectionOf} from './camera.ts';
import {type Mesh, STRIDE} from './mesh.ts';

export interface Relief {
  /** Shows another surface; drawn with the next `draw`. */
  readonly load: (mesh: Mesh) => void;
  /** @param frame in CSS pixels @param ratio device pixels a CSS pixel */
  readonly draw: (view: View, frame: Frame, ratio: number) => void;
  readonly dispose: () => void;
}

const VERTEX = `#version 300 es
in vec3 place; // x, y, level
in vec3 normal;
uniform float turn, tilt, height;
uniform vec2 scale, offset;
out float level;
out float light;
out float wall;
void main() {
  float c = cos(turn), s = sin(turn);
  vec2 ground = vec2(c * place.x + s * place.y, s * place.x - c * place.y);
  float up = place.z * height;
  float shown = up * cos(tilt) - ground.y * sin(tilt);
  float near = ground.y * cos(tilt) + up * sin(tilt);
  gl_Position = vec4(vec2(ground.x, shown) * scale + offset, -near / 3.0, 1.0);
  vec3 turned = vec3(c * normal.x + s * normal.y, s * normal.x - c * normal.y, normal.z);
  // From the upper left, over the viewer's shoulder.
  light = max(0.0, dot(turned, normalize(vec3(-0.55, 0.35, 0.75))));
  wall = normal.z == 0.0 ? 1.0 : 0.0;
  level = place.z;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in float level;
in float light;
in float wall;
uniform vec3 ramp[${RAMP.length}];
uniform float decades, edge;
out vec4 colour;
float line(float distance, float width) {
  return 1.0 - smoothstep(width - 0.6, width + 0.6, distance);
}
void main() {
  float place = clamp(level, 0.0, 1.0) * ${(RAMP.length - 1).toFixed(1)};
  int below = min(int(place), ${RAMP.length - 2});
  vec3 base = mix(ramp[below], ramp[below + 1], place - float(below));
  vec3 lit = base * mix(0.5 + 0.62 * light, 0.42 + 0.28 * light, wall);
  float slope = max(fwidth(level), 1e-6);
  float place10 = level * decades;
  float decade = abs(place10 - round(place10)) / decades / slope;
  float inside = step(0.004, level) * step(level, 0.996);
  lit = mix(lit, lit * 0.62, 0.75 * inside * line(decade, 0.5));
  lit = mix(lit, vec3(1.0), (1.0 - 0.6 * wall) * line(abs(level - edge) / slope, 1.1));
  colour = vec4(lit, 1.0);
}`;

/** null where the browser has no WebGL 2. @param onLost called once the browser takes it away */
export function openRelief(canvas: HTMLCanvasElement, onLost: () => void): Relief | null {
  // Kept after drawing, so that a page prints with it.
  const gl = canvas.getContext('webgl2', {antialias: true, preserveDrawingBuffer: true});
  if (gl === null) return null;
  const program = programOf(gl);
  if (program === null) return null;
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);
  const array = gl.createVertexArray();
  const [corners, triangles] = [gl.createBuffer(), gl.createBuffer()];
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, triangles);
  for (const [name, offset] of [
    ['place', 0],
    ['normal', 12],
  ] as const) {
    const location = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, 3, gl.FLOAT, false, 4 * STRIDE, offset);
  }
  const uniform = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  gl.useProgram(program);
  gl.uniform3fv(uniform('ramp'), RAMP.flat());
  gl.uniform1f(uniform('decades'), DECADES[1] - DECADES[0]);
  gl.uniform1f(uniform('edge'), levelOf(PIT_EDGE));
  gl.uniform1f(uniform('height'), HEIGHT);
  const [turn, tilt, scale, offset] = ['turn', 'tilt', 'scale', 'offset'].map(uniform);
  let count = 0;
  return {
    load(mesh) {
      gl.bindBuffer(gl.ARRAY_BUFFER, corners);
      gl.bufferData(gl.ARRAY_BUFFER, mesh.corners, gl.STATIC_DRAW);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.indices, gl.STATIC_DRAW);
      count = mesh.indices.length;
    },
    draw(view, frame, ratio) {
      const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      const {scale: pixels, centre} = projectionOf(view, frame);
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.enable(gl.DEPTH_TEST);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.uniform1f(turn ?? null, view.turn);
      gl.uniform1f(tilt ?? null, view.tilt);
      gl.uniform2f(scale ?? null, (2 * pixels) / frame.width, (2 * pixels) / frame.height);
      gl.uniform2f(offset ?? null, (2 * centre[0]) / frame.width - 1, 1 - (2 * centre[1]) / frame.height);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', lost);
      for (const buffer of [corners, triangles]) gl.deleteBuffer(buffer);
      gl.deleteVertexArray(array);
      gl.deleteProgram(program);
    },
  };
}

/** null where the driver refuses. */
function programOf(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}
