namespace Experiments.Client.Decisions;

/// <summary>Watches a decision being made. Implemented by structs and used through a generic parameter only, so that watching nothing
/// costs nothing.</summary>
internal interface ITrace
{
    /// <summary>A condition was tested, or a sticky rule asked.</summary>
    void Tested(int place, bool holds);

    /// <summary>A bucket was looked at.</summary>
    void Bucketed(int place, BucketState state, ulong bucket);

    /// <summary>An audience or another flag is decided first.</summary>
    void Entered(int place, int routine);

    /// <summary>It is decided.</summary>
    void Left(int routine, int ending);
}
