namespace Experiments.Control.Api.Responses;

/// <summary>An answer that is one resource: its revision is the answer's ETag.</summary>
internal interface IRevisioned
{
    long Revision { get; }
}
