namespace Experiments.Client;

/// <summary>What a step of an <see cref="Explanation"/> looks at.</summary>
public enum ExplanationStepKind
{
    /// <summary>A rule of the flag begins.</summary>
    Rule,

    /// <summary>An attribute, or the time, is compared.</summary>
    Condition,

    /// <summary>The user's bucket leads on.</summary>
    Bucket,

    /// <summary>The sticky store is asked.</summary>
    Sticky,

    /// <summary>An audience is decided.</summary>
    Audience,

    /// <summary>Another flag is decided first.</summary>
    Prerequisite,
}
