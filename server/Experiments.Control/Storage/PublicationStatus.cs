namespace Experiments.Control.Storage;

internal enum PublicationStatus
{
    /// <summary>Being published; after a crash, given up: the next publish claims a version of its own.</summary>
    Claimed,

    Published,

    Failed,
}
