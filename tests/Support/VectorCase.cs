namespace Experiments.Tests.Support;

/// <param name="Expected">JSON array of the assignments, as <c>/decide</c> lists them.</param>
internal sealed record VectorCase(int Number, string SnapshotId, string UserKey, byte[] ContextJson, int[] Buckets, byte[] Expected);
