import { describeGrpcClient } from './behaviour';
import { pythonProgram } from './programs';

describeGrpcClient('the gRPC of Python', pythonProgram, { tellsWhy: true });
