namespace Experiments.Tests.Support;

internal sealed record VectorSnapshot(string Id, byte[] Json, long Version, string Environment);
