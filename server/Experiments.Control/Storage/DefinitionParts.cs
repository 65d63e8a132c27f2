using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>What stores need to know of definitions whatever their type.</summary>
internal static class DefinitionParts
{
    /// <summary>The definition as a store keeps it.</summary>
    public static T Stored<T>(T definition, long sequence, long revision)
        where T : class, IDefinition => (T)(IDefinition)(definition switch
        {
            AudienceDefinition audience => audience with { Sequence = sequence, Revision = revision },
            ExperimentDefinition experiment => experiment with { Sequence = sequence, Revision = revision },
            FlagDefinition flag => flag with { Sequence = sequence, Revision = revision },
            LayerDefinition layer => layer with { Sequence = sequence, Revision = revision },
            HoldoutDefinition holdout => holdout with { Sequence = sequence, Revision = revision },
            _ => throw Unknown(definition.GetType()),
        });

    public static ResourceKind KindOf<T>()
        where T : class, IDefinition => KindOf(typeof(T));

    public static ResourceKind KindOf(Type type) =>
        type == typeof(AudienceDefinition) ? ResourceKind.Audience
        : type == typeof(ExperimentDefinition) ? ResourceKind.Experiment
        : type == typeof(FlagDefinition) ? ResourceKind.Flag
        : type == typeof(LayerDefinition) ? ResourceKind.Layer
        : type == typeof(HoldoutDefinition) ? ResourceKind.Holdout
        : throw Unknown(type);

    /// <summary>Whether an update must leave <see cref="IDefinition.UniqueName"/> as it is: it is a key that code asks for.</summary>
    public static bool KeepsName<T>()
        where T : class, IDefinition => KindOf<T>() is ResourceKind.Experiment or ResourceKind.Flag;

    /// <summary>Ids of the audiences and experiments that a flag's rules name.</summary>
    public static IEnumerable<Guid> NamedIds(IDefinition definition) => definition is FlagDefinition flag
        ? flag.Rules.SelectMany(static rule => new[] { rule.AudienceId, rule.ExperimentId }).OfType<Guid>().Distinct()
        : [];

    /// <summary>Keys of the flags that a flag or an experiment has as prerequisites.</summary>
    public static IEnumerable<string> NamedFlags(IDefinition definition) => (definition switch
    {
        FlagDefinition flag => flag.Rules.SelectMany(static rule => rule.Prerequisites),
        ExperimentDefinition experiment => experiment.Prerequisites,
        _ => [],
    }).Select(static prerequisite => prerequisite.FlagKey).Distinct(StringComparer.Ordinal);

    private static ArgumentException Unknown(Type type) => new($"{type.Name} is no kind of definition that stores know.", nameof(type));
}
