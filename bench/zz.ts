import {startBackend} from '@minefield/backend/node';
import * as tf from '@tensorflow/tfjs-core';
import {mlp} from '@minefield/models';
import {registerKernels, optimizerStep} from '@minefield/tfjs-kernels';
import {contest, timed} from './contest.ts';
import {fmaPeak, PEAK_FLOPS} from './peak.ts';
await startBackend({name:'wasm'}); await registerKernels();
const W=[2,23,16,26,32,28,31,1]; const model=mlp({inputs:2,hidden:W.slice(1,-1),outputs:1});
const n=360;
const peak=await fmaPeak();
const run=(k:string,i:any,a:any)=>{ const r:any=tf.engine().runKernel(k,i,a); tf.dispose(r); };
for (const K of [16,64]) {
const thetas=tf.randomUniform([K,model.layout.dimension],-.3,.3), x1=tf.randomUniform([n,2]), x=tf.randomUniform([K,n,2]), dy=tf.randomUniform([K,n,1]);
const [l,act]:any=tf.engine().runKernel('Mlp',{thetas,inputs:x},{widths:W,keepActivations:true});
const s=[tf.zerosLike(thetas),tf.zerosLike(thetas)] as any;
const mats=W.slice(1).map((w,i)=>[tf.randomUniform([K,n,W[i]]),tf.randomUniform([K,W[i],w]),tf.randomUniform([K,1,w])]);
const sec=await contest({peak,
 values: timed(()=>run('Mlp',{thetas,inputs:x1},{widths:W,keepActivations:false})),
 keep: timed(()=>run('Mlp',{thetas,inputs:x},{widths:W,keepActivations:true})),
 gradient: timed(()=>run('MlpGradient',{thetas,inputs:x,activations:act,dy},{widths:W})),
 fusedMatMuls: timed(()=>{for(const [a,b,bias] of mats) tf.engine().runKernel<any>('_FusedMatMul',{a,b,bias} as any,{transposeA:false,transposeB:false,activation:'relu'} as any).dispose();}),
 adam: timed(()=>{const r=optimizerStep({name:'adam'},thetas as any,s,thetas as any,1e-3,1); tf.dispose([r.theta,...r.slots]);}),
},15);
const fl=2*3457*n*K; const g=(t:number,f:number)=>(f/t/1e9).toFixed(1);
console.log('K',K,'peak',g(sec.peak,PEAK_FLOPS),'values',g(sec.values,fl),'keep',g(sec.keep,fl),'gradient',g(sec.gradient,2*fl-2*2*23*n*K),'fusedMatMuls',g(sec.fusedMatMuls,fl),'adam us',(sec.adam*1e6).toFixed(0), 'per network us: values',(sec.values/K*1e6).toFixed(1),'keep',(sec.keep/K*1e6).toFixed(1),'grad',(sec.gradient/K*1e6).toFixed(1));
}
