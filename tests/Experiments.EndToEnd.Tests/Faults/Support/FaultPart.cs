namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Which part of the product has the fault.</summary>
public enum FaultPart
{
    S3,
    Postgres,
    Control,

    /// <summary>One of the two nodes.</summary>
    Decide,
}
