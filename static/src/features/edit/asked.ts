/// What the person has asked for and is shown in a dialog.
export type Asked = 'message' | 'branch' | 'model' | 'arrivals';
