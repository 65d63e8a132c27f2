namespace Experiments.Dashboard.Models;

/// <summary>Of two people who edited one flag.</summary>
internal static class FlagMerge
{
    /// <param name="way">Is told which parts they changed.</param>
    /// <param name="first">What both began with.</param>
    /// <param name="mine">What I made of it.</param>
    /// <param name="theirs">What they made of it.</param>
    public static FlagEdit Merge(ThreeWay way, FlagEdit first, FlagEdit mine, FlagEdit theirs) => new()
    {
        Name = way.Pick("the name", first.Name, mine.Name, theirs.Name),
        Description = way.Pick("the description", first.Description, mine.Description, theirs.Description),
        Tags = way.Pick("the tags", first.Tags, mine.Tags, theirs.Tags),
        Type = mine.Type,
        Off = way.Pick("what it serves while off", first.Off, mine.Off, theirs.Off),
        Default = way.Pick("what it serves to everyone else", first.Default, mine.Default, theirs.Default),
        Schema = way.Pick("the schema", first.Schema, mine.Schema, theirs.Schema),
        Variants = way.PickEach("the order of the variants", static one => $"variant “{one.Key}”", static one => one.Key, first.Variants, mine.Variants, theirs.Variants),
        Rules = way.PickEach("the order of the rules", NameOf, IdentityOf, first.Rules, mine.Rules, theirs.Rules, (start, own, other) => Merge(way, start, own, other)),
        Overrides = way.PickEach("the order of the overrides", static one => $"the override of “{one.Subject}”", static one => one.Subject, first.Overrides, mine.Overrides, theirs.Overrides),
    };

    // Whom a rule is for and what it serves are a part each: half of a split is none.
    private static FlagRuleEdit Merge(ThreeWay way, FlagRuleEdit first, FlagRuleEdit mine, FlagRuleEdit theirs)
    {
        string rule = NameOf(mine);
        FlagRuleEdit whom = way.Pick($"whom {rule} is for", static one => new { one.Audience, one.Targeting, one.Prerequisites }, first, mine, theirs);
        FlagRuleEdit when = way.Pick($"the schedule of {rule}", static one => new { one.From, one.Until }, first, mine, theirs);
        FlagRuleEdit what = way.Pick(
            $"what {rule} serves",
            static one => new { one.Serves, one.Variant, one.Experiment, one.Weights, one.Coverage, one.Ramp, one.LayerId, one.Unit }, first, mine, theirs);
        return new FlagRuleEdit
        {
            Id = mine.Id,
            Name = way.Pick($"the name of {rule}", first.Name, mine.Name, theirs.Name),
            Audience = whom.Audience,
            Targeting = whom.Targeting,
            Prerequisites = whom.Prerequisites,
            From = when.From,
            Until = when.Until,
            Serves = what.Serves,
            Variant = what.Variant,
            Experiment = what.Experiment,
            Weights = what.Weights,
            Coverage = what.Coverage,
            Ramp = what.Ramp,
            LayerId = what.LayerId,
            Unit = what.Unit,
        };
    }

    private static string NameOf(FlagRuleEdit rule) => rule.Name.Length > 0 ? $"rule “{rule.Name}”" : "a rule without a name";

    private static string IdentityOf(FlagRuleEdit rule) => (rule.Id ?? rule.Key).ToString();
}
