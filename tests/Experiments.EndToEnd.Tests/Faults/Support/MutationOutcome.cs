namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>What the caller of a mutation knows afterwards.</summary>
internal enum MutationOutcome
{
    /// <summary>No answer, or one that says that the server could not: it may have been made or not.</summary>
    Unknown,

    /// <summary>The server said that it was made: it must be there from then on.</summary>
    Acknowledged,

    /// <summary>The server said what was wrong with it (4xx): it must not have been made.</summary>
    Refused,
}
