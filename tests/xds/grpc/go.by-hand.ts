import { describeGrpcClient } from './behaviour';
import { goProgram } from './programs';

// Not among the tests that always run: to build the client takes more than a minute. `npm run test:grpc-go`.
// It chooses among new routes a moment before it has the clusters that they lead to.
describeGrpcClient('the gRPC of Go', goProgram, { flaw: 'unknown cluster selected for RPC' });
