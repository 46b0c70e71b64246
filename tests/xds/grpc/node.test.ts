import { describeGrpcClient } from './behaviour';
import { nodeProgram } from './programs';

describeGrpcClient('the gRPC of Node', nodeProgram);
