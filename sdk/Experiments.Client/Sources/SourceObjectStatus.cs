namespace Experiments.Client.Sources;

internal enum SourceObjectStatus
{
    Found,
    NotModified,
    Missing,

    /// <summary>The store refused. A bucket answers so for a missing object too, where the caller may not list the bucket.</summary>
    Denied,
}
