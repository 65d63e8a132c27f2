using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <content>Puts back what another store held.</content>
internal sealed partial class LiteDbWriter
{
    public ValueTask RestoreAsync(EnvironmentDefinition environment)
    {
        Put(environment);
        return ValueTask.CompletedTask;
    }

    public ValueTask RestoreAsync<T>(T definition)
        where T : class, IDefinition
    {
        Put(definition);
        return ValueTask.CompletedTask;
    }

    public ValueTask RestoreAsync(AuditEntry entry)
    {
        Put(entry);
        return ValueTask.CompletedTask;
    }

    public ValueTask RestoreAsync(PublicationRecord publication)
    {
        Put(publication);
        return ValueTask.CompletedTask;
    }

    public ValueTask RestoreAsync(PublishState state)
    {
        Save(state);
        return ValueTask.CompletedTask;
    }

    public ValueTask ContinueAfterAsync(long sequence)
    {
        File.RaiseSequence(sequence);
        return ValueTask.CompletedTask;
    }
}
