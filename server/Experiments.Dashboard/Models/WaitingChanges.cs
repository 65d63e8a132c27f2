namespace Experiments.Dashboard.Models;

/// <summary>What was changed in an environment that is published by hand since its live version was.</summary>
/// <param name="Version">The live one; null where nothing was published.</param>
/// <param name="Since">When that was.</param>
/// <param name="Count">Of the changes, up to <see cref="MaxCount"/>.</param>
public sealed record WaitingChanges(long? Version, DateTimeOffset? Since, int Count)
{
    /// <summary>More are not counted.</summary>
    public const int MaxCount = 100;

    /// <summary>Such as <c>3</c> or <c>99+</c>.</summary>
    public string CountText => Count < MaxCount ? Count.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{MaxCount - 1}+";

    /// <summary>Whether what was changed then is not live.</summary>
    /// <param name="updatedAt">When it was changed.</param>
    public bool Holds(DateTimeOffset updatedAt) => Since is not { } since || updatedAt > since;
}
