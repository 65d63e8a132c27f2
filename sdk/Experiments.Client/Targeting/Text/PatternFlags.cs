namespace Experiments.Client.Targeting.Text;

/// <summary>Flags of RE2 syntax that change what matches. The fourth, U, only swaps greedy and lazy.</summary>
[Flags]
internal enum PatternFlags
{
    None = 0,

    /// <summary><c>i</c></summary>
    IgnoreCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> match at lines too.</summary>
    MultiLine = 2,

    /// <summary><c>s</c>: a dot matches a line feed too.</summary>
    DotMatchesLineFeed = 4,
}
