import { register } from '@teamhanko/hanko-elements';

await register(`${import.meta.env.VITE_SERVICE}/hanko`);
